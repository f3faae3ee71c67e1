//! Heights: where the items of a column stand, one below the other, as near as can be to what they are connected with.

/// The grid of everything: lines keep this distance, and boxes are two of it high or a multiple.
pub(super) const GRID: i32 = 8;

/// An item of a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    /// Where its middle would like to be.
    pub middle: f64,
    /// Half of its height, in steps of the grid; 0 for a line.
    pub half: i32,
}

/// The middles of the items of a column, from top to bottom: on the grid, in their order, apart from each other, and with the least
/// squares of the ways from where they would like to be.
pub(super) fn place(wishes: &[Wish]) -> Vec<i32> {
    let mut offsets = Vec::with_capacity(wishes.len());
    let mut offset = 0;
    for (number, wish) in wishes.iter().enumerate() {
        if let Some(before) = number.checked_sub(1).map(|before| wishes[before]) {
            offset += apart(before.half, wish.half);
        }
        offsets.push(offset);
    }
    // Without the distances, the middles have to ascend: what would not is put together.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (wish, offset) in wishes.iter().zip(&offsets) {
        blocks.push((wish.middle - f64::from(*offset), 1));
        while let [.., (upper, above), (lower, below)] = blocks[..] {
            if upper <= lower {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            let (weight, other) = (count(above), count(below));
            blocks.push(((upper * weight + lower * other) / (weight + other), above + below));
        }
    }
    let middles = blocks.into_iter().flat_map(|(middle, count)| std::iter::repeat_n(on_grid(middle), count));
    middles.zip(offsets).map(|(middle, offset)| middle + offset).collect()
}

/// How far apart the middles of two neighbours have to be.
fn apart(upper: i32, lower: i32) -> i32 {
    let gap = match (upper, lower) {
        (0, 0) => 1,
        (0, _) | (_, 0) => 2,
        _ => 3,
    };
    (upper + lower + gap) * GRID
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[allow(clippy::cast_possible_truncation, reason = "a drawing is small")]
fn on_grid(number: f64) -> i32 {
    (number / f64::from(GRID)).round() as i32 * GRID
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The middles of items that are a line, or two steps high.
    fn placed(wishes: &[(f64, i32)]) -> Vec<i32> {
        place(&wishes.iter().map(|(middle, half)| Wish { middle: *middle, half: *half }).collect::<Vec<_>>())
    }

    #[test]
    fn items_stand_where_they_like_if_they_can() {
        assert_eq!(placed(&[]), Vec::<i32>::new());
        assert_eq!(placed(&[(3.0, 1)]), [0]);
        assert_eq!(placed(&[(0.0, 1), (80.0, 1), (200.0, 0)]), [0, 80, 200]);
    }

    #[test]
    fn items_that_like_the_same_place_stand_around_it() {
        assert_eq!(placed(&[(40.0, 1), (40.0, 1)]), [24, 64]);
        assert_eq!(placed(&[(0.0, 0), (0.0, 0), (0.0, 0)]), [-8, 0, 8]);
        // Boxes keep three steps between them, a box and a line two, lines one.
        assert_eq!(placed(&[(0.0, 2), (0.0, 0)]), [-16, 16]);
        assert_eq!(placed(&[(90.0, 1), (10.0, 1)]), [32, 72]);
    }
}
