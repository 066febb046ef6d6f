import { join } from "node:path";
import { defineConfig } from "vite";

/** The emulator's page. `scripts/page.js` builds it into the package. */
export default defineConfig({
  root: join(import.meta.dirname, "src/emulator/page"),
  // The page does not know under which path it is served.
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    // The first versions with `light-dark()`: older ones would need a second copy of every colour.
    target: ["chrome123", "firefox121", "safari17.5"],
    // Nothing is loaded late.
    modulePreload: false,
    rolldownOptions: {
      output: { entryFileNames: "assets/page.js", assetFileNames: "assets/page[extname]" },
    },
  },
});
