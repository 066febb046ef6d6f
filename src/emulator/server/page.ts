import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { HttpContext } from "../rest/incoming.js";

/** What the page consists of; nothing else is ever read from the disk. */
const files: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  "/": { file: "index.html", type: "text/html; charset=utf-8" },
  "/assets/page.js": { file: "assets/page.js", type: "text/javascript; charset=utf-8" },
  "/assets/page.css": { file: "assets/page.css", type: "text/css; charset=utf-8" },
};

/** The page may load nothing but its own files, and no other page may hold it in a frame. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Serves the page with the virtual phones at the endpoint's root. */
export function routePage(app: Hono<{ Bindings: HttpBindings }>): void {
  for (const [path, { file, type }] of Object.entries(files)) {
    app.get(path, (context) => serve(context, file, type));
  }
}

async function serve(context: HttpContext, file: string, type: string): Promise<Response> {
  const headers = { "content-type": type, "content-security-policy": policy, "cache-control": "no-cache" };
  const content = await readFile(join(await packageFolder(), "dist", "emulator", "page", file));
  return context.body(new Uint8Array(content), 200, headers);
}

/** Where this package is, whichever of its files this code was bundled into. */
async function packageFolder(folder = dirname(fileURLToPath(import.meta.url))): Promise<string> {
  const manifest = await readFile(join(folder, "package.json"), "utf8").catch(() => "");
  if (/"name":\s*"acs-sms"/.test(manifest)) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("the files of its page are not where the package has them");
  return packageFolder(parent);
}
