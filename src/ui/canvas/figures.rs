//! Figures made of block signs: bars, columns, shades, sparks.

use super::super::theme::Role;
use super::{Area, Canvas};

impl Canvas<'_> {
    /// A bar of eighths: `share` of `width`, 0 to 1.
    pub fn bar(&mut self, (x, y): (u16, u16), width: u16, share: f64, role: Role) {
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let full = (share * f64::from(width)).round() as u16;
        self.line((x, y), full.min(width), '█', role);
        let rest = width.saturating_sub(full);
        self.line((x.saturating_add(full), y), rest, '·', Role::Rule);
    }

    /// A cell of a heat map: a ground of one of five shades, or, where there are no such colours, block
    /// signs at its end. The number is written over it.
    pub fn heat(&mut self, area: Area, level: u8) {
        const SIGNS: [char; 5] = [' ', '░', '▒', '▓', '█'];
        if self.theme.has_shades() {
            self.tint(area, Role::Heat(level));
            return;
        }
        let sign = SIGNS.get(usize::from(level)).copied().unwrap_or('█');
        let wide = (area.width / 3).clamp(1, 4).min(area.width);
        for row in 0..area.height {
            let line = area.line(row);
            self.line((line.x + (line.width - wide), line.y), wide, sign, Role::Text);
        }
    }

    /// Cells of a heat map that block signs leave to its number.
    pub fn heat_room(&self, width: u16) -> u16 {
        if self.theme.has_shades() { width } else { width - (width / 3).clamp(1, 4).min(width) }
    }

    /// A column from the foot of a region upwards, in eighths: `share` of its height, 0 to 1.
    pub fn column(&mut self, area: Area, share: f64, role: Role) {
        const STEPS: [char; 8] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇'];
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        let eighths = (share * f64::from(area.height) * 8.0).round() as u16;
        for row in 0..area.height {
            let below = (area.height - 1 - row) * 8;
            let here = eighths.saturating_sub(below);
            let sign = match here {
                0 => continue,
                8.. => '█',
                part => STEPS.get(usize::from(part)).copied().unwrap_or('█'),
            };
            let line = area.line(row);
            self.line((line.x, line.y), line.width, sign, role);
        }
    }

    /// A row of columns, one cell each, as high as the values are: oldest at the start.
    pub fn spark(&mut self, (x, y): (u16, u16), width: u16, values: &[f64], top: f64, role: Role) {
        const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        let newest = values.len().saturating_sub(usize::from(width));
        for (i, value) in values.iter().skip(newest).enumerate() {
            let share = if top > 0.0 { (value / top).clamp(0.0, 1.0) } else { 0.0 };
            let step = if share.is_finite() { (share * 7.0).round() as usize } else { 0 };
            let sign = STEPS.get(step).copied().unwrap_or('█');
            self.line((x.saturating_add(i as u16), y), 1, sign, role);
        }
    }
}
