export function releaseNotes(changelog: string, version: string): string;
export function releasedChangelog(changelog: string, version: string, date: string): string;
