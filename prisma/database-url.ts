/** Which database a URL means. Apart from connect.ts, so that the main thread does not load the drivers. */
export type DatabaseKind = 'sqlite' | 'postgresql';

/** `file:/path/to.db` or `postgresql://…`. */
export const databaseKindOf = (url: string): DatabaseKind => (/^postgres(?:ql)?:/.test(url) ? 'postgresql' : 'sqlite');
