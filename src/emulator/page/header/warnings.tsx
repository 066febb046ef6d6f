import { hashOf } from "../hash.js";
import { Chip } from "../parts/chip.js";
import { clock, faults } from "../state.js";
import { warningsOf } from "./warnings-of.js";

/** What makes the emulator behave oddly, with the way to where it is turned off. Nothing while it behaves. */
export function Warnings() {
  return (
    <>
      {warningsOf(faults.value, clock.value.speed).map((warning) => (
        <a key={warning} class="warning-link" href={hashOf("settings")}>
          <Chip tone="warning" icon="warning">
            {warning}
          </Chip>
        </a>
      ))}
    </>
  );
}
