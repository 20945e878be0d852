"use strict";
(() => {
  const form = document.getElementById("filters");
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  if (!form) return;
  const count = document.getElementById("count");
  const groups = [...document.querySelectorAll(".group")].map((section) => ({
    section,
    items: [...section.querySelectorAll(".finding")].map((element) => ({ element, text: null })),
  }));
  const total = groups.reduce((sum, group) => sum + group.items.length, 0);

  const matches = (item, wanted) => {
    const data = item.element.dataset;
    if (wanted.severity !== "" && Number(data.severity) > Number(wanted.severity)) return false;
    if (wanted.status && data.status !== wanted.status) return false;
    if (wanted.module && data.module !== wanted.module) return false;
    if (wanted.words.length === 0) return true;
    item.text ??= item.element.textContent.toLowerCase();
    return wanted.words.every((word) => item.text.includes(word));
  };

  const apply = () => {
    const wanted = {
      severity: form.severity.value,
      status: form.status.value,
      module: form.module.value,
      words: form.text.value.toLowerCase().split(/\s+/).filter(Boolean),
    };
    let shown = 0;
    for (const { section, items } of groups) {
      let here = 0;
      for (const item of items) {
        const fits = matches(item, wanted);
        item.element.hidden = !fits;
        if (fits) here += 1;
      }
      section.hidden = here === 0;
      shown += here;
    }
    count.textContent = shown === total ? `All ${total} findings are shown.` : `${shown} of ${total} findings are shown.`;
  };

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) form.reset();
  };

  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 100);
  });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);
  form.hidden = false;
  apply();
})();
