// The parts of Cairo that Drawing uses: image surfaces, and the same drawing as SVG and PDF.
#include <cairo.h>
#include <cairo-pdf.h>
#include <cairo-svg.h>
