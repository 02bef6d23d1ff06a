// The line above the comment that says what is not as usual; hidden while everything is.

/** What to say about {signedOut, otherPerson, connected, waiting, refused, reason, durable}; null where nothing. */
export function notice(state) {
  const kept = state.waiting ? `${answers(state.waiting)} ${state.waiting === 1 ? "waits" : "wait"} in this browser` : "";
  if (state.otherPerson) {
    return { words: `${state.otherPerson} is signed in now. ${kept ? `${kept} until you sign in again.` : "Sign in again to go on."}`, action: "sign-in" };
  }
  if (state.signedOut) {
    return { words: `You are signed out. ${kept ? `${kept} and will be sent as soon as you sign in again.` : "Sign in again to go on."}`, action: "sign-in" };
  }
  if (!state.connected) {
    return { words: `No connection to BuySignal. ${kept ? `${kept} and will be sent later; go on as usual.` : "It is tried again by itself."}`, action: "" };
  }
  if (state.refused) return { words: `${answers(state.refused)} could not be stored: ${state.reason}`, action: "retry" };
  if (!state.durable) return { words: "This browser cannot keep answers on disk: do not close this page while answers wait.", action: "" };
  return null;
}

/** Shows it. `actions` are {"sign-in": address, decide: function of what becomes of refused answers}. */
export class Banner {
  #said = "";

  constructor(element, actions) {
    Object.assign(this, { element, actions });
  }

  show(state) {
    const found = notice(state);
    const said = found ? found.words : "";
    if (said === this.#said) return;
    this.#said = said;
    this.element.hidden = !found;
    this.element.querySelector("[data-banner-words]").textContent = said;
    this.element.querySelector("[data-banner-actions]").replaceChildren(...this.#action(found?.action));
  }

  #action(action) {
    if (action === "sign-in") {
      const link = document.createElement("a");
      Object.assign(link, { className: "button", href: this.actions["sign-in"], target: "_blank", rel: "opener", textContent: "Sign in (new tab)" });
      return [link];
    }
    if (action === "retry") return [this.#button("Try again", "waiting"), this.#button("Let it go", "dropped")];
    return [];
  }

  #button(words, state) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: words });
    button.addEventListener("click", () => this.actions.decide(state));
    return button;
  }
}

function answers(count) {
  return `${count} answer${count === 1 ? "" : "s"}`;
}
