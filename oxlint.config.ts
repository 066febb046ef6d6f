import { defineConfig } from "oxlint";

/**
 * Which folder of `src/` may import from which. An arrow that is not listed here is an error, so that data keeps
 * flowing one way and a reader of any folder knows what it can see.
 */
export const mayImport: Record<string, readonly string[]> = {
  errors: [],
  privacy: [],
  timers: [],
  text: ["errors"],
  "phone-numbers": ["errors"],
  suppression: ["errors", "privacy", "phone-numbers"],
  transport: [],
  rates: ["errors", "timers", "phone-numbers"],
  observers: ["errors", "privacy"],
  acs: ["errors", "timers", "privacy", "transport"],
  client: [
    "errors",
    "privacy",
    "text",
    "phone-numbers",
    "suppression",
    "transport",
    "rates",
    "observers",
    "acs",
  ],
  events: ["errors", "privacy", "phone-numbers", "suppression", "transport", "observers", "client"],
  stores: ["errors", "timers", "privacy", "suppression", "events"],
  ledger: ["errors", "privacy", "csv", "phone-numbers", "suppression", "observers", "client"],
  cli: [
    "errors",
    "privacy",
    "text",
    "phone-numbers",
    "suppression",
    "client",
    "acs",
    "stores",
    "ledger",
    "rates",
    "campaigns",
    "prices",
    "csv",
    "insights",
    "emulator",
  ],
  campaigns: [
    "errors",
    "timers",
    "privacy",
    "csv",
    "text",
    "phone-numbers",
    "suppression",
    "rates",
    "observers",
    "client",
    "stores",
    "prices",
  ],
  prices: ["errors"],
  insights: ["errors", "timers", "privacy", "phone-numbers", "observers", "prices", "stores", "events"],
  csv: ["errors"],
  undici: ["errors", "privacy"],
  emulator: [],
};

/**
 * The one exception to the emulator's sharing no code: its figures are the real ones, drawn as in the report. What goes over
 * the wire stays its own. Within the page the drawing alone, which knows no Node.
 */
const emulatorInsights = ["insights", ...(mayImport["insights"] ?? [])];
const pageInsights = ["insights"];

/** Only the front of the client knows which service it speaks to. */
const clientFront = "src/client/sms-client.ts";

const boundaries = Object.entries(mayImport).flatMap(([folder, allowed]) => allowOnly(folder, allowed));

const behindTheFront = forbidFolders("client", ["acs", "emulator"]).map((rule) => ({
  ...rule,
  excludeFiles: [clientFront],
}));

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise", "node", "vitest"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  options: { typeAware: true },
  env: { node: true, es2024: true },
  ignorePatterns: ["dist", "review"],
  rules: {
    eqeqeq: "error",
    "no-console": "error",
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-default-export": "error",
    "typescript/consistent-type-imports": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/prefer-nullish-coalescing": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    // Requests of one message run in order on purpose in several places; each such loop says so.
    "no-await-in-loop": "off",
    // A Map or Set in an inner scope and a name reused in a nested arrow are clearer than invented names.
    "no-shadow": "off",
    // `import "node:test"` style side effects do not occur in src; tests import set-up files.
    "import/no-unassigned-import": "off",
    // A spread in a map makes a copy, which is the point: input is never changed.
    "oxc/no-map-spread": "off",
    // fast-check is used as `fc.`, as its own documentation has it.
    "import/no-named-as-default-member": "off",
    // A message says which of many generated cases failed.
    "vitest/valid-expect": ["error", { maxArgs: 2 }],
    // The body of a promise executor is where callbacks become promises.
    "promise/always-return": "off",
    "unicorn/no-array-sort": "off",
    "unicorn/consistent-function-scoping": "off",
    "vitest/require-mock-type-parameters": "off",
  },
  overrides: [
    ...boundaries,
    ...behindTheFront,
    ...allowOnly("emulator/insights", emulatorInsights),
    ...allowOnly("emulator/page/insights", pageInsights),
    {
      files: ["test/**", "examples/**", "bench/**"],
      // What a test gets back from JSON or a mock is what the test put there.
      rules: { "typescript/no-unsafe-type-assertion": "off" },
    },
    {
      files: ["src/emulator/page/**"],
      plugins: ["typescript", "unicorn", "oxc", "import", "promise", "jsx-a11y"],
      env: { browser: true, node: false },
      rules: {
        // What scrolls has to be reached by the keyboard, and a group need not be a fieldset.
        "jsx-a11y/no-noninteractive-tabindex": "off",
        "jsx-a11y/prefer-tag-over-role": "off",
        // A checkbox that is a switch has its state already.
        "jsx-a11y/role-has-required-aria-props": "off",
      },
    },
    { files: ["*.config.ts"], rules: { "import/no-default-export": "off" } },
    {
      files: ["examples/**", "bench/**", "scripts/**", "test/support/**", "test/**/programs/**"],
      rules: { "no-console": "off" },
    },
  ],
});

/** A folder of `src/`, or one in it, may import from its own room and from these. */
function allowOnly(folder: string, allowed: readonly string[]) {
  const [room] = folder.split("/");
  return forbidFolders(
    folder,
    Object.keys(mayImport).filter((other) => other !== room && !allowed.includes(other)),
  );
}

/** For each depth, since `../insights/` is another folder for a file that lies deeper. */
function forbidFolders(folder: string, forbidden: readonly string[]) {
  const message = "src/ has one-way arrows: see `mayImport` in oxlint.config.ts.";
  return [0, 1, 2, 3].map((deeper) => {
    const up = folder.split("/").length + deeper;
    const patterns = [
      { regex: `^(\\.\\./){${up}}(${forbidden.join("|")})/`, message },
      { regex: `^(\\.\\./){${up}}index\\.js$`, message: "Import the file that holds it, not the entry." },
    ];
    const rule: ["error", { patterns: typeof patterns }] = ["error", { patterns }];
    return { files: [`src/${folder}/${"*/".repeat(deeper)}*`], rules: { "no-restricted-imports": rule } };
  });
}
