/** What both pages' data are made of. Python writes it; nothing else of the browser's is in here. */

/** A text in both languages: Chinese, English. */
export type Pair = [string, string];

/** A text that may be the same in both languages, or missing. */
export type Said = Pair | string | number | null | undefined;

export type Language = 'zh' | 'en';

/** The page's own words, by key. */
export type Dictionary = Record<string, Pair>;
