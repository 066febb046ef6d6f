/** The oldest Node that runs the `.ts` files of this repository as they are. The package itself asks for less. */
const oldest = { major: 22, minor: 18 };

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
  console.error(
    `acs-sms needs Node ${oldest.major}.${oldest.minor} or newer to build and test, this is ${process.version}. ` +
      "Run it through npm (`npm ci`, then `npm test`), which brings its own Node, or use the one in .nvmrc.",
  );
  process.exit(1);
}
