/** What happens because a field was left waits until the press that left it is over: otherwise its button moves away from it. */

let isPressed = false;
let waiting: (() => void)[] = [];

/** Acts at once, or after the pointer that is pressed now was let go. */
export function afterPress(act: () => void): void {
  if (isPressed) {
    waiting.push(act);
  } else {
    act();
  }
}

/** Watches the pointer, from now on. */
export function watchPresses(): void {
  for (const type of ["pointerdown", "pointerup", "pointercancel"]) {
    addEventListener(
      type,
      () => {
        isPressed = type === "pointerdown";
        if (!isPressed) {
          // After the click that ends the press.
          waiting.forEach((act) => setTimeout(act));
          waiting = [];
        }
      },
      { capture: true },
    );
  }
}
