/** How a command ends. What each means is said in `--help`. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 2,
  heldBack: 3,
  interrupted: 130,
  terminated: 143,
} as const;

/** The part of every help that explains them. */
export const exitCodeHelp: readonly (readonly [string, string])[] = [
  ["0", "done"],
  ["1", "failed; standard error says why"],
  ["2", "the command line is wrong, and nothing was done"],
  ["3", "done, but not for all: somebody was left out (suppressed, no phone number, refused, unknown)"],
  ["130", "ended by Ctrl-C (143: by SIGTERM)"],
];
