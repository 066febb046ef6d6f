/** The default alphabet of GSM 03.38: one septet each. */
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

/** Its extension table: an escape and a septet. */
const extended = new Set("\f^{}\\[~]|€");

/**
 * How many units a segment holds: when it is alone, as ACS documents; and when it is one of several, which is the general
 * standard.
 */
export const capacities: Readonly<
  Record<MessageSize["encoding"], { readonly alone: number; readonly each: number }>
> = {
  "GSM-7": { alone: 160, each: 153 },
  "UCS-2": { alone: 70, each: 67 },
};

/** How a message goes over the air. */
export interface MessageSize {
  readonly encoding: "GSM-7" | "UCS-2";
  /** Septets with GSM-7, UTF-16 units with UCS-2. */
  readonly units: number;
  readonly segments: number;
}

/** Measures a message. */
export function measure(message: string): MessageSize {
  const septets = countSeptets(message);
  return septets === undefined ? sizeIn("UCS-2", message.length) : sizeIn("GSM-7", septets);
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

function sizeIn(encoding: MessageSize["encoding"], units: number): MessageSize {
  const { alone, each } = capacities[encoding];
  return { encoding, units, segments: units <= alone ? 1 : Math.ceil(units / each) };
}
