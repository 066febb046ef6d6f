import type { Screen } from "../environment.js";

/** How many characters fit on a line; some terminals say that they are 0 wide, and mean that they don't know. */
export function widthOf({ columns = 0 }: Screen, otherwise: number): number {
  return columns > 0 ? columns : otherwise;
}
