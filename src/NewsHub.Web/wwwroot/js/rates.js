// The converter answers as one types; the form works without this.
const form = document.querySelector(".converter"), answer = form?.querySelector("output");

// As the server reads it: spaces and the commas between thousands are nothing; a comma that cannot be one of those is the point.
const read = text => {
  const bare = text.replace(/[\s_]/g, "").replace(/^([^,.]*),(?!\d{3}$)([^,.]*)$/, "$1.$2").replaceAll(",", "");
  return /^(\d+\.?\d*|\.\d+)$/.test(bare) && +bare > 0 && +bare <= 1e12 ? +bare : undefined;
};

// Small sums show two figures that count, whatever the smallest coin is.
const write = (amount, { value, dataset }, asTyped) => {
  const decimals = asTyped && Number.isInteger(amount) ? 0 : +dataset.decimals;
  const small = amount < .5 / 10 ** decimals;
  return `${value} ${amount.toLocaleString("en", small ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}`;
};

function convert() {
  const [from, to] = [form.from, form.to].map(list => list.selectedOptions[0]);
  const amount = read(form.amount.value);
  answer.classList.toggle("wrong", amount === undefined);
  if (amount === undefined) form.amount.setAttribute("aria-invalid", "true"); else form.amount.removeAttribute("aria-invalid");
  answer.textContent = amount === undefined ? answer.dataset.how
    : answer.dataset.answer.replace("{from}", write(amount, from, true)).replace("{to}", write(amount * to.dataset.rate / from.dataset.rate, to));
}

form?.addEventListener("input", convert);
form?.addEventListener("submit", event => { event.preventDefault(); convert(); });
