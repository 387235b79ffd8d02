import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Latest trusted time; null until a service has run. */
export class TrustedClock1795920000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE store ADD COLUMN trusted_at varchar(24)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE store DROP COLUMN trusted_at');
  }
}
