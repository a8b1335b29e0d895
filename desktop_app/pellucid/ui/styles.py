"""The style sheet, with `@role` for colours; `theme.style_sheet` fills them in.

Widgets are reached by object name or by the dynamic property `role`, never one by one: `role` is
"title", "section", "label", "figure", "primary", "quiet", "card", "chip", "surface" or "error".
"""

from __future__ import annotations

STYLE = """
QWidget { color: @text; }
QMainWindow, QWidget[role="page"] { background: @background; }
QToolTip { color: @text; background: @surface; border: 1px solid @border; padding: 6px 8px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="section"] { font-size: 15px; font-weight: 600; }
QLabel[role="label"] { font-size: 12px; color: @muted; }
QLabel[role="muted"] { color: @muted; }
QLabel[role="figure"] { font-size: 28px; font-weight: 600; }
QLabel[role="bad"] { color: @bad; }
QLabel[role="warning"] { color: @warning; }
QLabel[role="raises"] { color: @raises; }
QLabel[role="lowers"] { color: @lowers; }

QPushButton, QToolButton {
    background: @background; border: 1px solid @control; border-radius: 6px;
    padding: 0 12px; min-height: 28px;
}
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: @pressed; }
QPushButton:focus, QToolButton:focus {
    border: 2px solid @accent; padding: 0 11px; min-height: 26px;
}
QPushButton:disabled, QToolButton:disabled { color: @faded; border-color: @border; }
QPushButton:checked { background: @chosen; border-color: @accent; }
QPushButton[role="primary"] {
    background: @accent; border-color: @accent; color: @on_accent; font-weight: 600;
}
QPushButton[role="primary"] { padding: 0 8px; }
QPushButton[role="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid @text; }
QPushButton[role="primary"]:disabled {
    background: @pressed; border-color: @pressed; color: @muted;
}
QPushButton[role="quiet"], QToolButton[role="quiet"] {
    background: transparent; border: 1px solid transparent; padding: 0 8px;
}
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover { background: @hover; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus {
    border: 2px solid @accent; padding: 0 7px;
}
QToolButton::menu-indicator { image: none; width: 0; }
QPushButton::menu-indicator { image: none; width: 0; }

QPushButton[role="small"] { min-height: 20px; padding: 0 10px; }
QPushButton[role="small"]:focus { min-height: 18px; padding: 0 9px; }
QPushButton[role="segment"] { padding: 0 6px; }
QPushButton[role="segment"]:focus { padding: 0 5px; }
QToolButton[square="true"] { padding: 0; min-height: 30px; min-width: 30px; max-width: 30px; }
QToolButton[square="true"]:focus { padding: 0; min-height: 28px; min-width: 28px; }
QToolButton[square="true"]:checked { background: @chosen; }
QLineEdit QToolButton { background: transparent; border: none; padding: 0; min-height: 0; }
QFrame[role="cluster"] { border: 1px solid transparent; border-radius: 6px; }
QFrame[role="cluster"]:hover { background: @hover; }
QFrame[role="chosen cluster"] {
    background: @chosen; border: 1px solid @accent; border-radius: 6px;
}
QFrame[role="cluster"]:focus { border: 1px solid @accent; }
QPushButton[role="value"] { padding: 0 8px; text-align: left; }
QPushButton[role="value"]:focus { padding: 0 7px; }
QPushButton[role="link"] {
    background: transparent; border: 1px solid transparent; padding: 0 4px; color: @accent;
    text-align: left;
}
QPushButton[role="link"]:hover { background: @hover; }
QPushButton[role="link"]:focus { border: 2px solid @accent; padding: 0 3px; }
QPushButton[role="chip"] {
    background: @chosen; border: none; border-radius: 12px; padding: 0 10px; min-height: 24px;
}
QPushButton[role="chip"]:hover { background: @pressed; }
QPushButton[role="chip"]:focus { border: 2px solid @accent; padding: 0 8px; min-height: 20px; }
QPlainTextEdit { background: @background; selection-background-color: @chosen; }
QPlainTextEdit[role="text"] { border: 1px solid @control; border-radius: 6px; }
QPlainTextEdit[role="text"]:focus { border: 1px solid @accent; }
QTextEdit { background: @background; selection-background-color: @chosen; selection-color: @text; }
QTextEdit[role="text"] { border: 1px solid @control; border-radius: 6px; }
QTextEdit[role="text"]:focus { border: 1px solid @accent; }
QTextEdit[role="reading"] { border: none; }
QTextEdit[role="reading"]:focus { border: 1px solid @accent; border-radius: 6px; }
QLabel[role="bubble"] {
    background: @surface; border: 1px solid @control; border-radius: 6px; padding: 7px 9px;
}
QFrame#palette { background: @background; border: 1px solid @control; border-radius: 8px; }
QFrame#palette QLineEdit { border: none; border-bottom: 1px solid @border; border-radius: 0; }
QFrame#banner { background: @bad_ground; border: none; border-bottom: 1px solid @border; }
QWidget[role="offer"] { background: @chosen; border-radius: 6px; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateTimeEdit {
    background: @background; border: 1px solid @control; border-radius: 6px;
    padding: 0 8px; min-height: 28px;
    selection-background-color: @chosen; selection-color: @text;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid @accent; padding: 0 7px; min-height: 26px;
}
QListView[role="offers"] { background: @background; border: 1px solid @control; outline: none; }
QLineEdit:disabled, QComboBox:disabled { color: @faded; border-color: @border; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(@arrow_file); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: @background; border: 1px solid @border; outline: none; }

QFrame[role="card"] { background: @surface; border: 1px solid @border; border-radius: 6px; }
QFrame[role="card"]:focus { border: 2px solid @accent; }
QFrame[role="line"] { background: @border; border: none; }
QWidget[role="surface"] { background: @surface; }
QWidget[role="ground"] { background: @background; }

QListView, QTreeView, QTableView, QListWidget {
    background: @background; border: none; outline: none;
    selection-background-color: @chosen; selection-color: @text;
}
QWidget[role="surface"] QListView, QWidget[role="surface"] QListWidget { background: @surface; }
QListView::item, QListWidget::item { padding: 6px 8px; border-radius: 6px; }
QListView::item:hover, QListWidget::item:hover { background: @hover; }
QListView::item:selected, QListWidget::item:selected { background: @chosen; color: @text; }
QTableView { gridline-color: @border; border: none; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section {
    background: @surface; color: @muted; border: none;
    border-right: 1px solid @border; border-bottom: 1px solid @border; padding: 0 8px;
}
QTableCornerButton::section {
    background: @surface; border: none;
    border-right: 1px solid @border; border-bottom: 1px solid @border;
}

QScrollArea, QScrollArea > QWidget > QWidget[role="page"] { background: @background; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @control; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar[reached="true"]::handle { background: @accent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QMenu { background: @background; border: 1px solid @border; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: @chosen; }
QMenu::item:disabled { color: @faded; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QTabBar::tab {
    padding: 6px 12px; border: none; border-bottom: 2px solid transparent; color: @muted;
}
QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { color: @accent; }
QTabWidget::pane { border: none; }
QSplitter::handle { background: @border; }
QProgressBar { background: @border; border: none; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: @accent; border-radius: 2px; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox:focus, QRadioButton:focus { color: @accent; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid @control; background: @background;
}
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked {
    background: @accent; border-color: @accent; image: url(@tick_file);
}
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid @accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: @border; }
"""
