import subprocess

from neuro_cms.ui.paths import SCSS


def test_host_changes_one_colour_and_one_size_with_sass(sass, tmp_path):
    source = tmp_path / "host.scss"
    source.write_text('@use "neuro" with ($themes: ("light": ("brand": #123456)), $scale: ("radius": 0));')

    command = [*sass, "--no-source-map", "--no-charset", f"--load-path={SCSS}", str(source)]
    css = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert "--nm-brand: #123456;" in css
    assert "--nm-radius: 0;" in css
    assert "--nm-paper: #f6f4f7;" in css
    assert css.lstrip().startswith("@layer nm.tokens,")
