// Finds faults in the look of the current page.
({
    // Returns the texts with a contrast of less than `least` to their background.
    pale(least) {
        const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
        const rgba = (colour) => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return canvas.getImageData(0, 0, 1, 1).data;
        };
        const light = (colour) => {
            const [r, g, b] = Array.from(rgba(colour), (c) => (c <= 10 ? c / 3294 : ((c / 255 + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = (element) => {
            const colour = element ? getComputedStyle(element).backgroundColor : "Canvas";
            return rgba(colour)[3] === 255 ? colour : behind(element.parentElement);
        };
        const seen = new Map();
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            const element = texts.currentNode.parentElement;
            if (!texts.currentNode.data.trim() || element.matches("script, title")) continue;
            if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
            const front = getComputedStyle(element).color;
            const back = behind(element);
            if (!seen.has(front + back)) seen.set(front + back, [front, back, texts.currentNode.data.trim().slice(0, 30)]);
        }
        const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        return Array.from(seen.values(), ([front, back, text]) => ({ front, back, text, ratio: ratio(light(front), light(back)) }))
            .filter((found) => found.ratio < least)
            .map((found) => `"${found.text}": ${found.front} on ${found.back} is ${found.ratio.toFixed(2)}`);
    },

    // Returns the elements that make the page scroll sideways, or that scroll sideways themselves. Code and tables may.
    wide() {
        const page = document.documentElement;
        const faults = page.scrollWidth > innerWidth ? [`the page is ${page.scrollWidth} wide`] : [];
        for (const element of document.body.querySelectorAll("*")) {
            const scrolls = /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth;
            const { left, right } = element.getBoundingClientRect();
            const leaves = (left < -1 || right > innerWidth + 1) && !element.closest("pre, .scroll");
            if (element.matches(".skip, svg *") || !element.checkVisibility()) continue;
            if ((scrolls && !element.matches("pre > code, .scroll")) || leaves) {
                faults.push(`${element.tagName} ${element.className}: ${element.textContent.trim().slice(0, 30)}`);
            }
        }
        return faults;
    },
})
