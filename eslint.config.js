import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Rows are written through UnitOfWork alone; what TypeORM offers beside it stays in its room. */
const oneWritePath = [
  {
    selector:
      'CallExpression[callee.property.name=/^(createQueryRunner|getRepository|startTransaction|transaction)$/]',
    message: 'Rows are written through UnitOfWork and read through Reader (docs/adr/0002).',
  },
  {
    selector: 'ImportSpecifier[imported.name=/^(Repository|DataSource|EntityManager)$/]',
    message: 'Inject ReadRepository: rows are written through UnitOfWork (docs/adr/0002).',
  },
  {
    selector: 'Decorator[expression.callee.name=/^(InjectDataSource|InjectEntityManager)$/]',
    message: 'Inject ReadRepository, Reader or UnitOfWork (docs/adr/0002).',
  },
  {
    selector:
      'CallExpression[callee.object.name=/[mM]anager$/][callee.property.name=/^(save|remove)$/]',
    message: 'save and remove open a transaction of their own (docs/adr/0002).',
  },
];

/** Whoever reads the clock by himself cannot be tested; common/clock.ts is where it is read. */
const oneClock = {
  selector: "NewExpression[callee.name='Date'][arguments.length=0]",
  message: 'Inject Clock.',
};

/** Where the clock is read; in a browser it is the visitor's. */
const CLOCKS = ['src/common/clock.ts', 'src/dashboard/page/**'];

/** Text stays text: nothing that came from anywhere becomes markup. */
const noMarkup = ['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({
  property,
  message: 'Elements are made by element.js.',
}));

export default tseslint.config(
  {
    ignores: [
      '.stryker/**',
      'dist/**',
      'docs/.vitepress/{cache,dist}/**',
      'node_modules/**',
      'data/**',
      'coverage/**',
      'test/support/api-types.ts',
      'clients/js/*.js',
      'clients/js/*.d.ts',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNullish: true },
      ],
      // Nest's modules are classes without members.
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowWithDecorator: true, allowEmpty: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      // Entities and DTOs are shapes of data: TypeORM and Nest take plain objects for them.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
    },
  },
  {
    // What comes from others is matched in linear time, by patterns that stand in the code.
    files: ['src/**/*.{ts,js}', 'clients/js/src/*.ts'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
      'prefer-regex-literals': ['error', { disallowRedundantWrapping: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: [...CLOCKS, 'src/**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', oneClock] },
  },
  {
    // The last of two that fit counts whole.
    files: ['src/**/*.ts'],
    ignores: [...CLOCKS, 'src/database/**', 'src/**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...oneWritePath, oneClock] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/**', 'src/main.ts', 'src/application.ts', 'src/**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read in config/.' },
        { object: 'Date', property: 'now', message: 'Inject Clock.' },
      ],
    },
  },
  {
    files: ['src/dashboard/page/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-shadow': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-implicit-coercion': 'error',
      'no-restricted-properties': ['error', ...noMarkup],
      // Figures are text: a float has its place where pixels are meant, and a reason beside it.
      'no-restricted-globals': ['error', 'parseFloat', 'parseInt', 'event', 'name', 'eval'],
    },
  },
);
