/** Elements, made without HTML: anything that was typed is only set as text. */

type Child = Node | string | false | undefined;
type Listener = (event: Event) => void;

/** Attributes as they are written, and listeners as functions. */
export type Attributes = Readonly<Record<string, string | boolean | undefined | Listener>>;

/** An element with attributes, listeners and children. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(attribute, value);
    } else if (value !== undefined && value !== false) {
      element.setAttribute(attribute, value === true ? "" : value);
    }
  }
  element.append(...present(children));
  return element;
}

/** Replaces the children of an element. */
export const fill = (element: Element, ...children: Child[]): void => element.replaceChildren(...present(children));

const present = (children: readonly Child[]): (Node | string)[] =>
  children.filter((child): child is Node | string => child !== undefined && child !== false);

let last = 0;

/** An id that no other element of the document has. */
export const newId = (name: string): string => `mia-${name}-${++last}`;
