"""What photos usually show, by region and measure of media/cues.py: (usual value, rare deviation below, above it).

Obtained on 2,000 training photos (portraits, web photos; half of them saved again as JPEG of quality 40-95), crops of
margin 1.3 at 128 px, a region and its mirror taken together: the median and the distances from it to the 1st and 99th
percentile (colour, which has two axes: 0.5th and 99.5th). A region so shows a cue of strength >= 1 of a given kind in
at most 2 % of photos; on 343 validation photos treated alike any of the five kinds in 6.1 % of the regions.
"""

NORMS: dict[str, dict[str, tuple[float, float, float]]] = {
    "face.upper.forehead.forehead": {
        "grain": (-0.141, 0.841, 1.066),
        "detail": (-0.276, 0.863, 1.029),
        "colour_a": (0.332, 13.031, 14.639),
        "colour_b": (0.906, 16.625, 19.189),
        "seam": (0.048, 0.411, 0.349),
    },
    "face.upper.brows.left_brow": {
        "grain": (0.325, 0.811, 1.262),
        "detail": (0.154, 0.768, 0.978),
        "colour_a": (-0.844, 11.709, 8.65),
        "colour_b": (-1.277, 15.547, 9.081),
        "seam": (0.033, 0.111, 0.116),
    },
    "face.upper.brows.right_brow": {
        "grain": (0.325, 0.811, 1.262),
        "detail": (0.154, 0.768, 0.978),
        "colour_a": (-0.844, 11.709, 8.65),
        "colour_b": (-1.277, 15.547, 9.081),
        "seam": (0.033, 0.111, 0.116),
    },
    "face.upper.eyes.left_eye": {
        "grain": (1.087, 1.46, 1.353),
        "detail": (0.943, 1.36, 1.032),
        "colour_a": (-4.402, 13.193, 10.069),
        "colour_b": (-7.148, 18.243, 11.378),
        "seam": (0.019, 0.418, 0.213),
    },
    "face.upper.eyes.right_eye": {
        "grain": (1.087, 1.46, 1.353),
        "detail": (0.943, 1.36, 1.032),
        "colour_a": (-4.402, 13.193, 10.069),
        "colour_b": (-7.148, 18.243, 11.378),
        "seam": (0.019, 0.418, 0.213),
    },
    "face.middle.nose.nose": {
        "grain": (0.0, 0.506, 0.658),
        "detail": (0.016, 0.674, 0.643),
        "colour_a": (0.797, 8.846, 7.939),
        "colour_b": (0.0, 8.986, 8.914),
        "seam": (-0.0, 0.535, 0.408),
    },
    "face.middle.cheeks.left_cheek": {
        "grain": (-0.0, 0.767, 0.571),
        "detail": (-0.237, 0.844, 0.788),
        "colour_a": (0.766, 7.016, 6.524),
        "colour_b": (1.352, 8.235, 9.619),
        "seam": (-0.103, 0.538, 0.449),
    },
    "face.middle.cheeks.right_cheek": {
        "grain": (-0.0, 0.767, 0.571),
        "detail": (-0.237, 0.844, 0.788),
        "colour_a": (0.766, 7.016, 6.524),
        "colour_b": (1.352, 8.235, 9.619),
        "seam": (-0.103, 0.538, 0.449),
    },
    "face.lower.mouth.mouth": {
        "grain": (0.442, 0.687, 0.958),
        "detail": (0.332, 0.658, 0.83),
        "colour_a": (5.906, 11.711, 30.91),
        "colour_b": (-3.039, 11.876, 15.283),
        "seam": (0.158, 0.593, 0.652),
    },
    "face.lower.chin.chin": {
        "grain": (-0.0, 0.606, 0.925),
        "detail": (-0.218, 0.859, 0.903),
        "colour_a": (-0.691, 9.387, 6.372),
        "colour_b": (-0.016, 7.719, 9.009),
        "seam": (-0.002, 0.557, 0.372),
    },
    "face.lower.jaws.left_jaw": {
        "grain": (-0.0, 0.767, 1.087),
        "detail": (-0.113, 1.042, 0.995),
        "colour_a": (-1.703, 9.844, 7.75),
        "colour_b": (0.234, 12.712, 8.486),
        "seam": (0.0, 0.401, 0.33),
    },
    "face.lower.jaws.right_jaw": {
        "grain": (-0.0, 0.767, 1.087),
        "detail": (-0.113, 1.042, 0.995),
        "colour_a": (-1.703, 9.844, 7.75),
        "colour_b": (0.234, 12.712, 8.486),
        "seam": (0.0, 0.401, 0.33),
    },
    "face.whole.boundary.face_boundary": {
        "grain": (-0.0, 0.485, 0.442),
        "detail": (-0.074, 0.495, 0.539),
        "colour_a": (-1.312, 7.406, 5.266),
        "colour_b": (-0.75, 10.002, 5.563),
        "seam": (0.297, 0.71, 0.832),
    },
}
