//! Pictures of the demonstration: drawn meetings, so that galleries and reports have something to show. Nothing of them
//! was made elsewhere.

use std::io::Cursor;

use anyhow::Result;
use image::{ImageFormat, Rgb, RgbImage};

const WIDE: u32 = 640;
const HIGH: u32 = 420;
/// Where the floor begins.
const FLOOR: u32 = 300;
const WALL: Rgb<u8> = Rgb([222, 233, 232]);
const GROUND: Rgb<u8> = Rgb([176, 160, 140]);
const TABLE: Rgb<u8> = Rgb([122, 84, 52]);
const SCREEN: Rgb<u8> = Rgb([250, 250, 248]);
const SKIN: Rgb<u8> = Rgb([196, 148, 112]);
const CLOTHES: [Rgb<u8>; 4] = [Rgb([11, 95, 90]), Rgb([60, 84, 140]), Rgb([150, 60, 60]), Rgb([90, 90, 100])];

/// A meeting of so many people as PNG.
pub(super) fn meeting(people: u32) -> Result<Vec<u8>> {
    let mut scene = RgbImage::from_fn(WIDE, HIGH, |_, y| if y < FLOOR { WALL } else { GROUND });
    rectangle(&mut scene, (220, 40), (200, 110), SCREEN);
    let room = WIDE / (people + 1);
    for person in 0..people {
        let x = room * (person + 1);
        let clothes = CLOTHES[person as usize % CLOTHES.len()];
        rectangle(&mut scene, (x.saturating_sub(26), 236), (52, 90), clothes);
        disc(&mut scene, (x, 210), 24, SKIN);
    }
    rectangle(&mut scene, (60, 300), (WIDE - 120, 54), TABLE);
    let mut png = Cursor::new(Vec::new());
    scene.write_to(&mut png, ImageFormat::Png)?;
    Ok(png.into_inner())
}

fn rectangle(scene: &mut RgbImage, (left, top): (u32, u32), (wide, high): (u32, u32), colour: Rgb<u8>) {
    for y in top..(top + high).min(HIGH) {
        (left..(left + wide).min(WIDE)).for_each(|x| scene.put_pixel(x, y, colour));
    }
}

fn disc(scene: &mut RgbImage, (x, y): (u32, u32), radius: u32, colour: Rgb<u8>) {
    let is_inside = |px: u32, py: u32| px.abs_diff(x).pow(2) + py.abs_diff(y).pow(2) <= radius.pow(2);
    for py in y.saturating_sub(radius)..(y + radius).min(HIGH) {
        let row = x.saturating_sub(radius)..(x + radius).min(WIDE);
        row.filter(|px| is_inside(*px, py)).for_each(|px| scene.put_pixel(px, py, colour));
    }
}
