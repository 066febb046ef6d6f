import { render } from "preact";
import { App } from "./app.js";
import { listenToKeys } from "./keyboard.js";
import { goLive } from "./live.js";

const place = document.querySelector("#page");
if (place !== null) render(<App />, place);
listenToKeys();
goLive();
