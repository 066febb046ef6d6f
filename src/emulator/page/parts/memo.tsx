import { Component, type ComponentChildren, type VNode } from "preact";

/**
 * A component that is drawn again only when a property is another object. Thousands of bubbles and rows stay as they are
 * while a few change.
 */
export function memo<P extends object>(Draw: (props: P) => ComponentChildren): (props: P) => VNode {
  class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return differs(this.props, next);
    }

    override render(props: P): ComponentChildren {
      return <Draw {...props} />;
    }
  }
  return (props) => <Memo {...props} />;
}

function differs<P extends object>(one: P, other: P): boolean {
  const before = new Map<string, unknown>(Object.entries(one));
  const after = Object.entries(other);
  return after.length !== before.size || after.some(([key, value]) => before.get(key) !== value);
}
