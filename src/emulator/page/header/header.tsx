import { Icon } from "../parts/icon.js";
import { isHelpOpen } from "../keyboard.js";
import { LinkState } from "./link-state.js";
import { Tabs } from "./tabs.js";
import { ThemeButton } from "./theme-button.js";
import { Warnings } from "./warnings.js";

/** What is always in sight: how things stand, and the ways to the sections. */
export function Header() {
  return (
    <header class="top">
      <h1>
        <Icon name="bubble" />
        acs-sms <span>emulator</span>
      </h1>
      <Tabs />
      <div class="standing">
        <Warnings />
      </div>
      <LinkState />
      <div class="buttons">
        <ThemeButton />
        <button type="button" class="bare" title="Keys (?)" onClick={() => (isHelpOpen.value = true)}>
          <Icon name="help" />
          <span class="hidden">Keys</span>
        </button>
      </div>
    </header>
  );
}
