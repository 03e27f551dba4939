// Where the focus is, and how to give it back: what was redrawn meanwhile is looked for in its list.
const again = ({ one, list, key }) => (one.isConnected ? one : key && list?.querySelector(`:scope > [data-key="${CSS.escape(key)}"]`));

export const isLost = () => document.activeElement === null || document.activeElement === document.body;

// Call it before a dialog opens; what comes back is called when the dialog is closed.
export function whence() {
  const around = [];
  for (let one = document.activeElement; one && one !== document.body; one = one.parentElement) {
    if (!around.length || one.hasAttribute("tabindex")) around.push({ one, list: one.parentElement, key: one.dataset.key });
  }
  return () => {
    for (const place of [...around.map(again), document.getElementById("composer-channel")]) {
      if (!isLost()) return;
      place?.focus();
    }
  };
}
