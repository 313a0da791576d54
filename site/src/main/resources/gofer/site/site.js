"use strict";

const root = document.documentElement;

// Colours: as the system prefers, always light, or always dark.
const themes = ["auto", "light", "dark"];
const signs = { auto: "\u25d0", light: "\u2600", dark: "\u263e" };
const themeButton = document.getElementById("theme");

function show(theme) {
    root.dataset.theme = theme;
    themeButton.textContent = signs[theme];
    themeButton.title = themeButton.ariaLabel = "Colours: " + theme;
}

show(themes.includes(root.dataset.theme) ? root.dataset.theme : "auto");
themeButton.addEventListener("click", () => {
    const next = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
    localStorage.setItem("theme", next);
    show(next);
});

// The list of pages can be long: scroll to this page.
document.querySelector("#pages [aria-current]")?.scrollIntoView({ block: "nearest" });

// Highlights code, and adds a button that copies it.
for (const code of document.querySelectorAll("pre > code")) {
    if (code.className.startsWith("language-")) hljs.highlightElement(code);
    const button = document.createElement("button");
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = "Copied";
        setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    if (navigator.clipboard) code.after(button);
}

// Search. Every word of the query must be the beginning of a word of the section. A hit in a title counts more.
const query = document.getElementById("query");
const found = document.getElementById("found");
let index;

function load() {
    index ??= new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = root.dataset.root + "assets/search.js";
        script.onload = () => resolve(searchIndex);
        script.onerror = reject;
        document.head.append(script);
    });
    return index;
}

const beginning = (word) => new RegExp("(?<![\\p{L}\\d])" + word.replace(/[^\p{L}\d]/gu, "\\$&"), "giu");

function score(entry, patterns) {
    let sum = entry.in ? 0 : 3; // a whole page
    for (const pattern of patterns) {
        const title = entry.title.match(pattern);
        const text = (entry.in + "\n" + entry.text).match(pattern);
        if (!title && !text) return 0;
        if (title) sum += (entry.text ? 10 : 5) + (10 * title[0].length) / entry.title.length; // documents before the API
        if (text) sum += Math.min(text.length, 5);
    }
    return sum;
}

// Returns the text around the first hit, with all hits marked.
function excerpt(text, patterns) {
    const first = Math.max(0, text.search(patterns[0]));
    const start = first < 50 ? 0 : text.indexOf(" ", first - 50) + 1;
    const part = text.slice(start, start + 160);
    const small = document.createElement("small");
    let end = 0;
    for (const hit of part.matchAll(patterns[0])) {
        small.append(part.slice(end, hit.index), Object.assign(document.createElement("mark"), { textContent: hit[0] }));
        end = hit.index + hit[0].length;
    }
    small.append(part.slice(end));
    return small;
}

function item(entry, patterns) {
    const link = document.createElement("a");
    link.href = root.dataset.root + entry.url;
    const title = document.createElement("b");
    title.textContent = entry.title;
    link.append(title, entry.in && " \u2013 " + entry.in, entry.text && excerpt(entry.text, patterns));
    const li = document.createElement("li");
    li.append(link);
    return li;
}

async function search() {
    const entries = await load();
    const patterns = query.value.trim().split(/\s+/).filter(Boolean).map(beginning);
    const hits = entries
        .map((entry) => ({ entry, score: patterns.length ? score(entry, patterns) : 0 }))
        .filter((hit) => hit.score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, 30);
    found.replaceChildren(...hits.map((hit) => item(hit.entry, patterns)));
    if (!hits.length) found.append(Object.assign(document.createElement("li"), { textContent: "Nothing found." }));
    found.hidden = !patterns.length;
}

query.addEventListener("input", search);
query.addEventListener("focus", () => {
    document.getElementById("pages").hidePopover();
    if (query.value) search();
    else load();
});

// Keys: / starts a search, the arrows move through the results, Enter opens the first one, Escape closes them.
document.addEventListener("keydown", (event) => {
    const searching = event.target.closest?.("search");
    if (event.key === "/" && !searching) {
        event.preventDefault();
        query.focus();
    }
    if (!searching) return;
    const links = [query, ...found.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
        event.preventDefault();
        links[links.indexOf(document.activeElement) + step]?.focus();
    } else if (event.key === "Enter" && event.target === query) {
        links[1]?.click();
    } else if (event.key === "Escape") {
        found.hidden = true;
        query.blur();
    }
});
document.addEventListener("click", (event) => {
    if (!event.target.closest("search") || event.target.closest("a")) found.hidden = true;
});
