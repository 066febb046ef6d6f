/** The parts of the page, in the order of their tabs. */
export const sections = ["phones", "requests", "events", "insights", "settings"] as const;

/** A part of the page. */
export type Section = (typeof sections)[number];

/** Where the page is, as its address says after `#`. */
export interface Route {
  readonly section: Section;
  /** The phone that is looked at. */
  readonly phone?: string;
}

/** Reads `#requests` or `#phones/+14255550123`; anything else is the phones. */
export function parseHash(hash: string): Route {
  const [name = "", phone = ""] = hash.replace(/^#/, "").split("/");
  const section = sections.find((one) => one === name) ?? "phones";
  return section === "phones" && isPhoneNumber(phone) ? { section, phone } : { section };
}

/** The same the other way round. */
export function hashOf(section: Section, phone?: string): string {
  return phone === undefined ? `#${section}` : `#${section}/${phone}`;
}

/** Whether a text is a phone number as the emulator takes it: E.164. */
export function isPhoneNumber(text: string): boolean {
  return /^\+(1\d{10}|[2-9]\d{6,14})$/.test(text);
}
