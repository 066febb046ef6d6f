import { registerHooks } from "node:module";

/** Preloaded into a child process: says at its end which files it loaded, whether by `import` or by `require()`. */
const loaded = new Set();

registerHooks({
  load(url, context, nextLoad) {
    if (url.startsWith("file:")) loaded.add(url);
    return nextLoad(url, context);
  },
});

process.on("exit", () => process.stdout.write(JSON.stringify([...loaded])));
