/** What the tests use of semver, which comes without types. */
declare module 'semver' {
  export function subset(sub: string, dom: string): boolean;
}
