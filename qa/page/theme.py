"""The page's colours and fonts: ink on paper, in the system's own fonts."""

import gradio as gr
from gradio.themes.utils.colors import Color

_INK = Color(
    *("#f8f7f4", "#efede8", "#dfdcd4", "#c8c4ba", "#98948a", "#716d64", "#56534c"),
    *("#3d3b36", "#292824", "#1d1c19", "#141310"),
    name="ink",
)
_BLUE = Color(
    *("#eef4f9", "#d8e6f1", "#b3cee3", "#86b0d1", "#5590bd", "#2f73a6", "#1f5c8a"),
    *("#1a4b71", "#163d5b", "#10304a", "#0a2033"),
    name="newspaper blue",
)
_SANS = [
    "system-ui",
    "-apple-system",
    "Segoe UI",
    "Roboto",
    "Helvetica Neue",
    "Arial",
    "sans-serif",
]

THEME = gr.themes.Base(
    primary_hue=_BLUE,
    secondary_hue=_BLUE,
    neutral_hue=_INK,
    radius_size=gr.themes.sizes.radius_sm,
    font=_SANS,
    font_mono=["ui-monospace", "Menlo", "Consolas", "monospace"],
).set(
    body_background_fill="*neutral_50",
    body_background_fill_dark="*neutral_950",
    body_text_color="*neutral_900",
    body_text_color_dark="*neutral_100",
    body_text_color_subdued="*neutral_600",
    body_text_color_subdued_dark="*neutral_400",
    block_background_fill="transparent",
    block_background_fill_dark="transparent",
    block_border_width="0px",
    block_shadow="none",
    input_background_fill="white",
    input_background_fill_dark="*neutral_900",
    input_placeholder_color="*neutral_600",
    input_placeholder_color_dark="*neutral_400",
    input_border_color="*neutral_300",
    input_border_color_dark="*neutral_700",
    button_primary_background_fill="*primary_700",
    button_primary_background_fill_hover="*primary_600",
    button_primary_background_fill_dark="*primary_600",
    button_primary_text_color="white",
    link_text_color="*primary_700",
    link_text_color_dark="*primary_300",
)
