import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { root, runNode, runTool } from "../../scripts/run.js";
import type { Snippet } from "./snippets.js";

/** Snippets as files, where `acs-sms` means this very package as it was built. */
export interface SnippetFolder extends AsyncDisposable {
  /** What the compiler says against them: `README.md:12:5: error …`. */
  problems(): Promise<string[]>;
  /** Runs one of them, and gives what it printed when it failed. */
  failure(snippet: Snippet, env: NodeJS.ProcessEnv): Promise<string | undefined>;
}

const tsconfig = {
  extends: "../../tsconfig.json",
  // A snippet shows how to get something; what its reader does with it is left out.
  compilerOptions: { noUnusedLocals: false, moduleDetection: "force" },
  include: ["*.ts"],
};

export async function snippetFolder(snippets: readonly Snippet[]): Promise<SnippetFolder> {
  await mkdir(join(root, "temp"), { recursive: true });
  const folder = await mkdtemp(join(root, "temp", "snippets-"));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const files = new Map(snippets.map((snippet, index) => [`${index}.ts`, snippet]));
  for (const [name, snippet] of files) await writeFile(join(folder, name), asInItsFile(snippet));
  return {
    async problems() {
      const { code, output } = await runTool("tsc", ["-p", folder, "--pretty", "false"]);
      return code === 0
        ? []
        : output
            .trim()
            .split("\n")
            .map((line) => inItsFile(line, files));
    },
    async failure(snippet, env) {
      const [name = ""] = [...files].find(([, known]) => known === snippet) ?? [];
      const preload = new URL("plain-loopback.js", import.meta.url).href;
      const { code, output } = await runNode(["--import", preload, join(folder, name)], {
        // What it writes goes with the folder.
        cwd: folder,
        env,
        timeout: 30_000,
      });
      return code === 0 ? undefined : `${snippet.file}:${snippet.line}: exit code ${code}\n${output}`;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** Pushed down to the line where it stands, so that the compiler's line numbers are the document's. */
const asInItsFile = ({ line, code }: Snippet): string => "\n".repeat(line - 1) + code;

/** `temp/snippets-x/3.ts(12,5): error …` becomes `README.md:12:5: error …`. */
function inItsFile(message: string, files: ReadonlyMap<string, Snippet>): string {
  return message.replace(/^(\S+\.ts)\((\d+),(\d+)\)/, (whole, path: string, line: string, column: string) => {
    const snippet = files.get(basename(path));
    return snippet === undefined ? whole : `${snippet.file}:${line}:${column}`;
  });
}
