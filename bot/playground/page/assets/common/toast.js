// What went wrong, said in one line, and good news for those who do not see the page.
const byId = (id) => document.getElementById(id);

const TROUBLES = {
  403: "The playground refuses that.", 404: "There is no such command.", 409: "Slack does not allow that here.",
  413: "That is too long.", 422: "That cannot be read.", 502: "The app did not answer. Try again.",
  "no commands": "People from another organisation have no slash commands here.",
  nothing: "There is nothing of that name any more.",
};

export function well() {
  tell("", null);
}

export function done(words) {
  tell(words, "well");
}

export function failed(error) {
  tell(TROUBLES[error?.message] ?? "The playground cannot be reached.", null);
}

function tell(words, mood) {
  byId("trouble").textContent = words;
  if (mood) byId("trouble").dataset.mood = mood;
  else delete byId("trouble").dataset.mood;
}

// Read out once, shown nowhere.
export function announce(words) {
  byId("news").textContent = words;
}
