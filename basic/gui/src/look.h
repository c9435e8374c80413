#pragma once
// How controls are drawn where a stylesheet has no words for it.

#include <QProxyStyle>

namespace basic::gui {

/// Fusion, which is the same on every desktop, with check marks and boxes in the theme's colours.
class Look final : public QProxyStyle {
  Q_OBJECT

 public:
  Look();

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
  int pixelMetric(PixelMetric metric, const QStyleOption* option,
                  const QWidget* widget) const override;
};

}  // namespace basic::gui
