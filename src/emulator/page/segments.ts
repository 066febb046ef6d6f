/** What a text takes on the wire. */
export interface Measure {
  readonly encoding: "GSM-7" | "UCS-2";
  /** Septets with GSM-7, UTF-16 units with UCS-2. */
  readonly units: number;
  readonly segments: number;
}

/** How many units a segment holds when it is alone, and when it is one of several. */
export const capacities: Readonly<
  Record<Measure["encoding"], { readonly alone: number; readonly each: number }>
> = {
  "GSM-7": { alone: 160, each: 153 },
  "UCS-2": { alone: 70, each: 67 },
};

const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);

/** These take an escape and a septet. */
const extended = new Set("\f^{}\\[~]|€");

/** What a text would take if it were sent now. */
export function measure(text: string): Measure {
  const characters = Array.from(text);
  const isGsm = characters.every((character) => basic.has(character) || extended.has(character));
  const encoding = isGsm ? "GSM-7" : "UCS-2";
  const units = isGsm
    ? characters.reduce((sum, character) => sum + (extended.has(character) ? 2 : 1), 0)
    : text.length;
  const { alone, each } = capacities[encoding];
  return { encoding, units, segments: units <= alone ? 1 : Math.ceil(units / each) };
}

/** How much of its segments a text fills: `used` of `room` units, and the last segment by a share from 0 to 1. */
export function filling({ encoding, units, segments }: Measure): { room: number; lastShare: number } {
  const { alone, each } = capacities[encoding];
  const room = segments === 1 ? alone : segments * each;
  const last = units - (segments - 1) * each;
  return { room, lastShare: Math.min(1, Math.max(0, segments === 1 ? units / alone : last / each)) };
}
