/*
 * The GSM 7 bit default alphabet and its extension table, 3GPP TS 23.038 V18.0.0, sections 6.2.1 and 6.2.1.1.
 * Not in it, though it looks as if it were: the lower-case ç (position 0x09 is Ç), the back-tick, the tab and the
 * curly quotation marks. National language shift tables are left out: ACS documents none.
 */
const basicAlphabet =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
  "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/** Each is sent as the escape 0x1B and a second septet. The form feed is the standard's page break. */
const extensionTable = "\f^{}\\[~]|€";

const highestCode = 0x20ac; // "€"; a table up to here is 8 kB and makes the count one look-up a character

const septetsByCode: Uint8Array = buildTable();

/**
 * How many septets the UTF-16 code unit `code` takes in the GSM 7 bit default alphabet: 1, or 2 for a character of
 * the extension table, or 0 where the alphabet does not have it.
 */
export function gsm7Septets(code: number): number {
  return code <= highestCode ? (septetsByCode[code] ?? 0) : 0;
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(highestCode + 1);
  for (const character of basicAlphabet) table[character.charCodeAt(0)] = 1;
  for (const character of extensionTable) table[character.charCodeAt(0)] = 2;
  return table;
}
