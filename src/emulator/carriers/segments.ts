/** The default alphabet of GSM 03.38: one septet each. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

/** Its extension table: an escape and a septet. */
const extended = new Set("\f^{}\\[~]|€");

/** How a message goes over the air. */
export interface MessageSize {
  readonly encoding: "GSM-7" | "UCS-2";
  /** Septets with GSM-7, UTF-16 units with UCS-2. */
  readonly units: number;
  /**
   * 160 septets or 70 UTF-16 units when alone; 153 or 67 each when there are several. ACS documents the former; the latter is
   * the general standard.
   */
  readonly segments: number;
}

/** Measures a message. */
export function measure(message: string): MessageSize {
  const septets = countSeptets(message);
  return septets === undefined
    ? { encoding: "UCS-2", units: message.length, segments: segmentsOf(message.length, 70, 67) }
    : { encoding: "GSM-7", units: septets, segments: segmentsOf(septets, 160, 153) };
}

function countSeptets(message: string): number | undefined {
  let septets = 0;
  for (const character of message) {
    if (basic.has(character)) septets += 1;
    else if (extended.has(character)) septets += 2;
    else return undefined;
  }
  return septets;
}

function segmentsOf(units: number, alone: number, each: number): number {
  return units <= alone ? 1 : Math.ceil(units / each);
}
