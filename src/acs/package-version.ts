/** The version of this package, for the user agent; a test holds it against package.json. */
export const packageVersion = "0.1.0";
