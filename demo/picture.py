#!/usr/bin/env python3
"""Makes demo/queue.svg, the picture in README, from the real program.

    cargo build --release && python3 demo/picture.py

Needs tmux. Runs `vafa demo` in a tmux of its own, presses the keys below, and draws the cells it shows.
"""
import html, os, re, subprocess, sys, time, unicodedata

COLUMNS, ROWS, CELL, LINE = 120, 33, 8.4, 18
KEYS = [["3"], ["j"], ["j"]]
HERE = os.path.dirname(os.path.abspath(__file__))
VAFA = os.path.join(HERE, "..", "target", "release", "vafa")
BASIC = ["#1d1f21", "#cc6666", "#b5bd68", "#f0c674", "#81a2be", "#b294bb", "#8abeb7", "#c5c8c6"]


def colour(n):
    if n < 8:
        return BASIC[n]
    if n >= 232:
        return "#%02x%02x%02x" % ((8 + (n - 232) * 10,) * 3)
    n = max(n - 16, 0)
    return "#%02x%02x%02x" % tuple(0 if c == 0 else 55 + c * 40 for c in (n // 36, n // 6 % 6, n % 6))


def cells(line):
    """(column, text, fore, back, bold) of each cell of a line with SGR sequences."""
    fore, back, bold, column = "#c5c8c6", None, False, 0
    for part in re.split(r"(\x1b\[[0-9;:]*m)", line):
        if part.startswith("\x1b["):
            codes = [int(c or 0) for c in re.split("[;:]", part[2:-1])]
            while codes:
                c = codes.pop(0)
                if c == 0:
                    fore, back, bold = "#c5c8c6", None, False
                elif c == 1:
                    bold = True
                elif c == 22:
                    bold = False
                elif c in (38, 48) and codes[:1] == [5]:
                    shade = colour(codes[1])
                    fore, back = (shade, back) if c == 38 else (fore, shade)
                    codes = codes[2:]
                elif c == 39:
                    fore = "#c5c8c6"
                elif c == 49:
                    back = None
            continue
        for letter in part:
            yield column, letter, fore, back, bold
            column += 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def draw(lines):
    width, height = COLUMNS * CELL + 24, ROWS * LINE + 24
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">',
           f'<rect width="100%" height="100%" rx="8" fill="#1d1f21"/>']
    for row, line in enumerate(lines):
        y = 12 + row * LINE
        for column, letter, fore, back, bold in cells(line):
            x = 12 + column * CELL
            if back:
                out.append(f'<rect x="{x:.1f}" y="{y}" width="{CELL + .2:.1f}" height="{LINE}" fill="{back}"/>')
            if letter != " ":
                weight = ' font-weight="bold"' if bold else ""
                out.append(f'<text x="{x:.1f}" y="{y + 14}" fill="{fore}"{weight}>{html.escape(letter)}</text>')
    return "\n".join(out + ["</svg>", ""])


def main():
    name = f"vafa-picture-{os.getpid()}"
    tmux = lambda *words: subprocess.run(["tmux", "-L", name, *words], check=True, capture_output=True, text=True).stdout
    shown = lambda: tmux("capture-pane", "-p", "-e", "-N", "-t", "p")

    def until(what, seconds=60):
        end = time.monotonic() + seconds
        while what not in shown():
            if time.monotonic() > end:
                sys.exit(f"{what!r} did not come:\n{shown()}")
            time.sleep(0.1)

    command = f"env TERM=tmux-256color LOGNAME=Sara {VAFA} demo"
    tmux("new-session", "-d", "-s", "p", "-x", str(COLUMNS), "-y", str(ROWS), command)
    try:
        until("Next best")
        for keys in KEYS:
            tmux("send-keys", "-t", "p", *keys)
            time.sleep(0.5)
        until("value if kept")
        picture = draw(shown().split("\n")[:ROWS])
    finally:
        subprocess.run(["tmux", "-L", name, "kill-server"], capture_output=True)
    with open(os.path.join(HERE, "queue.svg"), "w", encoding="utf-8") as file:
        file.write(picture)


main()
