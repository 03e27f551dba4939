// A box that floats at its control, above everything and clipped by nothing.

const GAP = 4;
const LEAST = 220; // px wide

// `box` lies inside `holder`, so that it goes when the control goes.
export function floating(holder, box, closed = () => {}) {
  box.setAttribute("popover", "manual");
  const follow = () => (holder.isConnected ? place(holder, box) : unlisten());
  const elsewhere = (event) => { if (!holder.contains(event.target)) self.close(); };
  const unlisten = () => {
    window.removeEventListener("scroll", follow, true);
    window.removeEventListener("resize", follow);
    document.removeEventListener("pointerdown", elsewhere, true);
  };
  const listen = () => {
    window.addEventListener("scroll", follow, true);
    window.addEventListener("resize", follow);
    document.addEventListener("pointerdown", elsewhere, true);
  };
  const self = {
    isOpen: false,
    open() {
      if (self.isOpen) return;
      self.isOpen = true;
      box.showPopover();
      follow();
      listen();
    },
    close() {
      if (!self.isOpen) return;
      self.isOpen = false;
      if (box.isConnected) box.hidePopover();
      unlisten();
      closed();
    },
    follow,
  };
  return self;
}

function place(holder, box) {
  const at = holder.getBoundingClientRect();
  const [wide, high] = [document.documentElement.clientWidth, window.innerHeight];
  box.style.minWidth = `${Math.min(Math.max(at.width, LEAST), wide - 2 * GAP)}px`;
  box.style.maxWidth = `${wide - 2 * GAP}px`;
  const [above, below] = [at.top - 2 * GAP, high - at.bottom - 2 * GAP];
  const isBelow = below >= Math.min(box.scrollHeight, 260) || below >= above;
  box.style.maxHeight = `${Math.max(120, Math.min(320, isBelow ? below : above))}px`;
  box.style.left = `${Math.max(GAP, Math.min(at.left, wide - box.offsetWidth - GAP))}px`;
  box.style.top = `${isBelow ? at.bottom + GAP : at.top - box.offsetHeight - GAP}px`;
}
