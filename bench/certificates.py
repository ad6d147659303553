"""1,000 certificates in one PDF: how much dearer than typst alone with a template written by hand? Prints the ratio.

Both print the same words and the same codes. Ours begins with the words: it reads the layout, fits each text into its
box and makes the QR codes. The bare one is given its codes ready as paths, and leaves every text at its size. Each run
has a process of its own; imports are not counted on either side.
"""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median

RUNS = 5
PROMISED = 3

WORDS = """
import json, resource, sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
import typst
from densach.formats.certificates.layout import find_layout
from densach.formats.certificates.model import Words
from densach.formats.certificates.qr import qr_svg
from densach.formats.certificates.sheets import certificates_pdf
OFFICE = "Chủ tịch Ủy ban nhân dân xã MẪU Đèn Sách"
words = [
    Words(
        name=f"Hộ Nguyễn Thị Ánh Nguyệt {n}", title="Gia đình học tập", year="2026", issuer=OFFICE,
        decision=f"Theo Quyết định số 12/QĐ-UBND ngày 03 tháng 02 năm 2027 của {OFFICE}",
        place_and_date="MẪU Đèn Sách, ngày 03 tháng 02 năm 2027", office="Chủ tịch", serial=f"{n:05}",
        code=f"7Q4K-9WER-2M5N-{n:04}", qr=f"densach:7Q4K9WER2M5N{n:04}",
        address=f"Thôn Đoài {n % 30}, xã MẪU Đèn Sách, tỉnh Thái Nguyên",
    )
    for n in range(1000)
]
"""

OURS = """
start = perf_counter()
pdf = certificates_pdf(words, find_layout("day-du"), title="Giấy chứng nhận", made_on=date(2027, 2, 3))
took = perf_counter() - start
"""

BARE = '''
TEMPLATE = """
#let rows = json(bytes(sys.inputs.data))
#set document(title: "Giấy chứng nhận")
#set page(width: 297mm, height: 210mm, margin: 0mm, background: {
  place(dx: 12mm, dy: 12mm, rect(width: 273mm, height: 186mm, stroke: 1.4pt + rgb("#1f6f5c")))
  place(dx: 14mm, dy: 14mm, rect(width: 269mm, height: 182mm, stroke: 0.4pt + rgb("#1f6f5c")))
})
#set text(font: "Tinos", size: 14pt, lang: "vi", hyphenate: false)
#let centred(y, body) = place(dx: 30mm, dy: y, block(width: 237mm, align(center, body)))
#for (number, row) in rows.enumerate() {
  if number > 0 { pagebreak() }
  centred(20mm, strong[CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM])
  centred(27mm, strong[Độc lập - Tự do - Hạnh phúc])
  centred(41mm, strong(upper(row.issuer)))
  centred(52mm, text(36pt, weight: "bold", fill: rgb("#1f6f5c"))[GIẤY CHỨNG NHẬN])
  centred(77mm, text(20pt, weight: "bold", upper(row.title)))
  centred(92mm, text(30pt, weight: "bold", fill: rgb("#1f6f5c"), row.name))
  centred(111mm, row.address)
  centred(127mm)[được công nhận đạt danh hiệu năm #row.year]
  centred(135mm, emph(row.decision))
  place(dx: 53mm, dy: 158mm)[Số vào sổ: #row.serial]
  place(dx: 53mm, dy: 164mm)[Mã tra cứu: #row.code]
  place(dx: 165mm, dy: 148mm, block(width: 108mm, align(center, emph(row.place_and_date))))
  place(dx: 165mm, dy: 161mm, block(width: 108mm, align(center, strong(upper(row.office)))))
  place(dx: 24mm, dy: 154mm, image(bytes(row.drawn), width: 27mm, alt: row.qr))
}
"""
import densach.formats
fonts = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(densach.formats.__path__[0]) / "fonts"]
)
rows = [vars(each) | {"drawn": qr_svg(each.qr)} for each in words]
with TemporaryDirectory() as folder:
    template = Path(folder) / "bare.typ"
    template.write_text(TEMPLATE, "utf-8")
    start = perf_counter()
    inputs = {"data": json.dumps(rows)}
    compiler = typst.Compiler(template, root=folder, font_paths=fonts, sys_inputs=inputs)
    pdf = compiler.compile(format="pdf", pdf_standards="ua-1")
    took = perf_counter() - start
'''

TOLD = """
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([took, peak / 1024, len(pdf) / 1e6]))
"""


def measure(code: str) -> tuple[float, float, float]:
    """Seconds, peak memory in MB and size of the PDF in MB of one run in a fresh process."""
    done = subprocess.run([sys.executable, "-c", WORDS + code + TOLD], check=True, capture_output=True, text=True)
    seconds, peak, size = json.loads(done.stdout)
    return seconds, peak, size


def main() -> None:
    pairs = [(measure(OURS), measure(BARE)) for _ in range(RUNS)]
    for name, runs in (("ours", [ours for ours, _ in pairs]), ("typst alone", [bare for _, bare in pairs])):
        seconds, peak, size = (median(each) for each in zip(*runs, strict=True))
        print(f"{name:12} 1,000 certificates: {seconds:5.2f} s, peak {peak:4.0f} MB, {size:.1f} MB of PDF")
    ratio = median(ours[0] / bare[0] for ours, bare in pairs)
    print(f"ratio: {ratio:.2f} (median of {RUNS} pairs; promised: at most {PROMISED})")


if __name__ == "__main__":
    main()
