"""Pen: draws the pages that exchange lays out; QtCore, QtGui, QtPrintSupport only."""
