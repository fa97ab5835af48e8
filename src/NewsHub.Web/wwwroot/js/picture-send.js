// Sends pictures to the library. One request a file; gives the names under which the library has them, and where to say what is lacking.

/** @param say told of each file how it goes: its name, a sentence, and where to describe it. */
export async function send(files, token, say) {
  const sent = [];
  for (const one of files) {
    say(one.name, `Uploading ${one.name}…`);
    const data = new FormData();
    data.set("file", one);
    try {
      const answer = await fetch("/admin/media/upload", { method: "POST", body: data, redirect: "manual", headers: { "X-Requested-With": "fetch", Accept: "application/json", RequestVerificationToken: token } });
      if (answer.status === 401) { say(one.name, "Your session has ended. Sign in in another tab and upload the picture again."); return sent; }
      const told = await answer.json().catch(() => ({}));
      if (!answer.ok) { say(one.name, told.detail ?? told.title ?? `${one.name} could not be uploaded (${answer.status}).`); continue; }
      sent.push({ name: told.file, lacking: told.ready ? null : told.editAddress });
      say(one.name, told.ready ? `${told.file} is in the library.` : `${told.file} is in the library, but needs alt text or a credit.`, told.ready ? null : told.editAddress);
    } catch { say(one.name, `${one.name} could not be uploaded: no connection.`); }
  }
  return sent;
}
