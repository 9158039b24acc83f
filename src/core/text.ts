/** What a person reads, in both languages of the house. */
export type Text = { readonly zh: string; readonly en: string };
export type Language = keyof Text;
