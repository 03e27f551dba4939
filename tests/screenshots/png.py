"""PNGs with a palette of 256 colours, a third as large: the browser finds the colours, zlib does the rest."""

import base64
import struct
import zlib

from playwright.sync_api import Page

# The commonest colours as they are, then the commonest cells of five bits a channel at the mean of
# what lies in them; every other colour goes to the nearest of them.
REDUCE = """async (picture) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height).getContext("2d");
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, width, height);
    const colours = new Map();
    for (let at = 0; at < data.length; at += 4) {
        const rgb = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
        colours.set(rgb, (colours.get(rgb) ?? 0) + 1);
    }
    const parts = (rgb) => [rgb >> 16, (rgb >> 8) & 255, rgb & 255];
    const cells = new Map();
    const palette = [];
    for (const [rgb, count] of [...colours].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
        if (palette.length < 64) { palette.push(parts(rgb)); continue; }
        const key = parts(rgb).map((one) => one >> 3).join();
        const [sums, all] = cells.get(key) ?? [[0, 0, 0], 0];
        cells.set(key, [sums.map((sum, n) => sum + parts(rgb)[n] * count), all + count]);
    }
    const common = [...cells.values()].sort((a, b) => b[1] - a[1]).slice(0, 256 - palette.length);
    palette.push(...common.map(([sums, all]) => sums.map((sum) => Math.round(sum / all))));
    const far = (one, [r, g, b]) => 2 * (one[0] - r) ** 2 + 4 * (one[1] - g) ** 2 + 3 * (one[2] - b) ** 2;
    const nearest = new Map([...colours.keys()].map((rgb) => {
        const away = palette.map((one) => far(one, parts(rgb)));
        return [rgb, away.indexOf(Math.min(...away))];
    }));
    const rows = new Uint8Array((width + 1) * height); // each row begins with its filter: none
    for (let at = 0, to = 0; at < data.length; at += 4, to += 1) {
        if ((at / 4) % width === 0) to += 1;
        rows[to] = nearest.get((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    }
    let text = "";
    for (let at = 0; at < rows.length; at += 32768) {
        text += String.fromCharCode(...rows.subarray(at, at + 32768));
    }
    return { width, height, palette: palette.flat(), rows: btoa(text) };
}"""


def reduced(page: Page, picture: bytes) -> bytes:
    """The same PNG with at most 256 colours. `page`: any blank one."""
    found = page.evaluate(REDUCE, base64.b64encode(picture).decode())
    header = struct.pack(">IIBBBBB", found["width"], found["height"], 8, 3, 0, 0, 0)
    rows = zlib.compress(base64.b64decode(found["rows"]), 9)
    chunks = ((b"IHDR", header), (b"PLTE", bytes(found["palette"])), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
