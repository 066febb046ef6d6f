import { capacities, type MessageSize } from "../carriers/segments.js";

/** The room that the segments of a text have, in units, and how full the last one is, from 0 to 1. */
export function filling({ encoding, units, segments }: MessageSize): { room: number; lastShare: number } {
  const { alone, each } = capacities[encoding];
  const room = segments === 1 ? alone : segments * each;
  const last = units - (segments - 1) * each;
  return { room, lastShare: Math.min(1, Math.max(0, segments === 1 ? units / alone : last / each)) };
}
