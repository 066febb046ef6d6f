import { isHelpOpen } from "../keyboard.js";
import { Dialog } from "../parts/dialog.js";

/** The keys, any of which do it, and what they do. */
const keys: readonly (readonly [keys: readonly string[], what: string])[] = [
  [["1", "g p"], "Phones"],
  [["2", "g r"], "Requests"],
  [["3", "g e"], "Events"],
  [["4", "g i"], "Insights"],
  [["5", "g s"], "Settings"],
  [["/"], "Filter"],
  [["n"], "Add a phone"],
  [["j", "↓"], "Next phone or row"],
  [["k", "↑"], "Phone or row before"],
  [["r"], "Write on the chosen phone"],
  [["Enter"], "Send; open a row"],
  [["Shift Enter"], "New line in a message"],
  [["Esc"], "Leave a field"],
  [["?"], "These keys"],
];

/** What the keyboard can do. */
export function KeyboardHelp() {
  return (
    <Dialog title="Keys" isOpen={isHelpOpen}>
      <dl class="keys">
        {keys.map(([combinations, what]) => (
          <div key={what}>
            <dt>
              {combinations.map((combination, index) => (
                <span key={combination}>
                  {index > 0 && " or "}
                  {combination.split(" ").map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
