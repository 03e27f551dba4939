// The workspace that one looks at, the others, and connecting everybody's own calendar: behind its name.
import { openMenu } from "../common/menus.js";

const byId = (id) => document.getElementById(id);

export class Workspaces {
  constructor(store, { ask, connectAll }) {
    Object.assign(this, { store, ask, connectAll });
    byId("workspaces").addEventListener("click", (event) => this.open(event.currentTarget));
  }

  draw() {
    const { name, doors } = this.store.workspace;
    if (byId("workspace-name").textContent !== name) byId("workspace-name").textContent = name;
    byId("workspaces").hidden = !doors.length;
  }

  open(button) {
    const { doors, has_bot: hasBot } = this.store.workspace;
    const connecting = [
      { label: "Connect my own Cal.com", hint: "ask the bot", act: this.ask },
      { label: "Everybody connects theirs", hint: "at once", act: this.connectAll },
    ];
    openMenu(button, [...(hasBot ? connecting : []), ...doors.map(({ name, href }) => ({ label: name, hint: "another company", href }))]);
  }
}
