#pragma once
// How controls are drawn where a stylesheet has no words for it.

#include <QProxyStyle>

namespace basic::gui {

/// Fusion, which is the same on every desktop, with boxes and choices in the theme's
/// colours, shaped like the fields beside them.
class Look final : public QProxyStyle {
  Q_OBJECT

 public:
  Look();

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                          QPainter* painter, const QWidget* widget) const override;
  QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                         const QWidget* widget) const override;
  int pixelMetric(PixelMetric metric, const QStyleOption* option,
                  const QWidget* widget) const override;
};

}  // namespace basic::gui
