// Passkeys. A form marked data-passkey is shown where the browser knows them; sent, it first asks the browser, which asks the person,
// and the answer goes into the form. "get" proves who is there, "create" makes a new passkey.

const able = "PublicKeyCredential" in window && "parseRequestOptionsFromJSON" in PublicKeyCredential;
const minutes = 60_000;
let waiting;

for (const form of able ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  for (const else_ of document.querySelectorAll(".no-passkeys")) else_.hidden = true;
  form.addEventListener("submit", (event) => {
    // The page's own listener, further out, would take it for sent.
    event.preventDefault();
    event.stopPropagation();
    ask(form);
  });
  if ("conditional" in form.dataset && await PublicKeyCredential.isConditionalMediationAvailable?.()) offer(form);
}

async function ask(form) {
  const button = form.querySelector("button");
  const wrong = form.querySelector(".wrong");
  waiting?.abort();
  wrong.hidden = true;
  button.disabled = true;
  try {
    const question = await questionOf(form);
    if (question) send(form, form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(question) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question) }));
  } catch (problem) {
    wrong.textContent = problem.name === "InvalidStateError" ? "This device already has a passkey for this account."
      : problem.name === "NotAllowedError" ? "It was cancelled, took too long, or this device has no passkey for this paper."
      : `The browser could not use the passkey: ${problem.message}`;
    wrong.hidden = false;
  } finally {
    button.disabled = false;
  }
}

// In the address field's suggestions, for as long as the page is open. The question is good for five minutes.
async function offer(form) {
  for (;;) {
    waiting = new AbortController();
    const { signal } = waiting;
    let renewed = false;
    const renew = setTimeout(() => { renewed = true; waiting.abort(); }, 4 * minutes);
    try {
      const question = await questionOf(form);
      if (signal.aborted) return;
      send(form, await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question), mediation: "conditional", signal }));
      return;
    } catch {
      if (!renewed) return;
    } finally {
      clearTimeout(renew);
    }
  }
}

async function questionOf(form) {
  const token = form.querySelector("input[name=__RequestVerificationToken]").value;
  const answer = await fetch(form.dataset.question ?? "/admin/sign-in/passkey?handler=question", { method: "POST", headers: { RequestVerificationToken: token, "X-Requested-With": "fetch" } });
  if (answer.ok && !answer.redirected) return answer.json();
  // Signed out meanwhile, or the proof has grown too old: the page itself knows where to go.
  if (form.dataset.passkey === "create") location.reload();
  throw new Error("the server did not respond");
}

function send(form, credential) {
  form.querySelector("input[name$=Credential]").value = JSON.stringify(credential);
  form.submit();
}
