"""The release's forward pass said again in plain functions on its own state dict, from its description alone.

Nothing of kfd is used: attention by hand, 3-D patch convolution on two frames, sequence first, LoRA beside its layer.
Weights are read one at a time, so a full-size file is never wholly in memory.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

EPS = 1e-6
START, END = 49406, 49407
LETTERS = {"real": (337, 324, 320, 331), "fake": (325, 320, 330, 324)}  # ids of single letters in CLIP's vocabulary


class Reference:
    """A checkpoint and what the release computes with it."""

    def __init__(self, state: Mapping[str, Tensor], heads: tuple[int, int], patch: int, rank: int) -> None:
        self.state, self.patch, self.rank = state, patch, rank
        self.heads = {"vision": heads[0], "text": heads[1]}

    def get(self, name: str) -> Tensor:
        return self.state[name].float()

    def linear(self, x: Tensor, name: str) -> Tensor:
        """With bias and LoRA where the file has them."""
        bias = self.get(f"{name}.bias") if f"{name}.bias" in self.state else None
        y = F.linear(x, self.get(f"{name}.weight"), bias)
        if f"{name}.lora_A" in self.state:
            y = y + F.linear(F.linear(x, self.get(f"{name}.lora_A")), self.get(f"{name}.lora_B")) / self.rank
        return y

    def norm(self, x: Tensor, name: str) -> Tensor:
        mean = x.mean(-1, keepdim=True)
        variance = ((x - mean) ** 2).mean(-1, keepdim=True)
        return (x - mean) / torch.sqrt(variance + EPS) * self.get(f"{name}.weight") + self.get(f"{name}.bias")

    def attention(self, x: Tensor, name: str, heads: int, causal: bool) -> Tensor:
        """(L, B, D) -> (L, B, D)."""
        length, batch, width = x.shape
        qkv = F.linear(x, self.get(f"{name}.in_proj_weight"), self.get(f"{name}.in_proj_bias"))
        q, k, v = (part.reshape(length, batch, heads, width // heads).permute(1, 2, 0, 3) for part in qkv.chunk(3, -1))
        scores = q @ k.transpose(-1, -2) / (width // heads) ** 0.5
        if causal:
            scores = scores + torch.full((length, length), float("-inf")).triu(1)
        mixed = (scores.softmax(-1) @ v).permute(2, 0, 1, 3).reshape(length, batch, width)
        return self.linear(mixed, f"{name}.out_proj")

    def trunk(self, x: Tensor, sense: str, causal: bool) -> list[Tensor]:
        """Outputs (L, B, D) of all blocks."""
        outputs: list[Tensor] = []
        while f"visual_encoder.modality_trunks.{sense}.blocks.{len(outputs)}.norm_1.weight" in self.state:
            block = f"visual_encoder.modality_trunks.{sense}.blocks.{len(outputs)}."
            x = x + self.attention(self.norm(x, block + "norm_1"), block + "attn", self.heads[sense], causal)
            hidden = F.gelu(self.linear(self.norm(x, block + "norm_2"), block + "mlp.fc1"))
            x = x + self.linear(hidden, block + "mlp.fc2")
            outputs.append(x)
        return outputs

    def vision(self, images: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Unit image embeddings (B, D) and the outputs of all blocks (L, B, W)."""
        pre = "visual_encoder.modality_preprocessors.vision."
        frames = images[:, :, None].repeat(1, 1, 2, 1, 1)  # a picture becomes a clip of two frames
        patches = F.conv3d(frames, self.get(pre + "rgbt_stem.proj.1.weight"), stride=(2, self.patch, self.patch))
        tokens = patches.flatten(2).transpose(1, 2)
        tokens = torch.cat([self.get(pre + "cls_token").expand(len(images), -1, -1), tokens], 1)
        tokens = tokens + self.get(pre + "pos_embedding_helper.pos_embed")
        tokens = self.norm(tokens, "visual_encoder.modality_trunks.vision.pre_transformer_layer.0")
        blocks = self.trunk(tokens.transpose(0, 1), "vision", causal=False)
        head = self.norm(blocks[-1].transpose(0, 1), "visual_encoder.modality_heads.vision.0")[:, 0]
        return F.normalize(self.linear(head, "visual_encoder.modality_heads.vision.2"), dim=-1), blocks

    def words(self, ids: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Text embeddings (N, D), as long as the logit scale, and the outputs of all blocks (L, N, W)."""
        pre = "visual_encoder.modality_preprocessors.text."
        tokens = self.get(pre + "token_embedding.weight")[ids] + self.get(pre + "pos_embed")[:, : ids.shape[1]]
        blocks = self.trunk(tokens.transpose(0, 1), "text", causal=True)
        last = blocks[-1].transpose(0, 1)[torch.arange(len(ids)), ids.argmax(-1)]
        head = self.linear(
            self.norm(last, "visual_encoder.modality_heads.text.proj.0"), "visual_encoder.modality_heads.text.proj.1"
        )
        scale = self.get("visual_encoder.modality_postprocessors.text.1.log_logit_scale").exp().clamp(max=100)
        return scale * F.normalize(head, dim=-1), blocks

    def descriptions(self) -> Tensor:
        """Features of the "sentences" (2, D): the mean over the letters, unit length."""
        rows = []
        for word in ("real", "fake"):
            ids = torch.zeros(4, 77, dtype=torch.long)
            ids[:, 0], ids[:, 1], ids[:, 2] = START, torch.tensor(LETTERS[word]), END
            rows.append(F.normalize(self.words(ids)[0].mean(0), dim=0))
        return torch.stack(rows)

    def maps(self, blocks: Sequence[Tensor], taps: Sequence[int], text: Tensor, size: int) -> list[Tensor]:
        """A consistency map (B, 2, S, S) for each tap."""
        result = []
        for i, tap in enumerate(taps):
            patches = F.normalize(self.linear(blocks[tap].transpose(0, 1)[:, 1:], f"image_decoder.fc.{i}"), dim=-1)
            similarity = 100.0 * patches @ text.T  # (B, g*g, 2)
            side = int(similarity.shape[1] ** 0.5)
            grid = similarity.transpose(1, 2).reshape(-1, 2, side, side)
            result.append(F.interpolate(grid, (size, size), mode="bilinear", align_corners=True))
        return result

    def conv(self, x: Tensor, name: str, padding: int) -> Tensor:
        return F.conv2d(x, self.get(f"{name}.weight"), self.get(f"{name}.bias"), padding=padding)

    def batch_norm(self, x: Tensor, name: str) -> Tensor:
        mean, variance, weight, bias = (
            self.get(f"{name}.{part}")[:, None, None] for part in ("running_mean", "running_var", "weight", "bias")
        )
        return (x - mean) / torch.sqrt(variance + 1e-5) * weight + bias

    def locate(self, maps: Sequence[Tensor]) -> Tensor:
        """Logits (B, 2, S, S) [real, fake]; the release goes on with their softmax."""
        branches = [
            self.batch_norm(F.relu(self.conv(m, f"locator.conv.{i}", 2)), f"locator.batchnorm.{i}")
            for i, m in enumerate(maps)
        ]
        return self.conv(torch.cat(branches, 1), "locator.finalconv", 0)

    def classify(self, maps: Sequence[Tensor]) -> Tensor:
        """Logits (B, 2) [real, fake]; the release goes on with their softmax."""
        pooled = []
        for i, x in enumerate(maps):
            stage = 0
            while f"classifier.meta_net.{i}.{4 * stage}.weight" in self.state:
                name = f"classifier.meta_net.{i}."
                x = F.max_pool2d(F.relu(self.conv(x, f"{name}{4 * stage}", 1)), 2)
                x = self.batch_norm(x, f"{name}{4 * stage + 3}")
                stage += 1
            pooled.append(F.adaptive_avg_pool2d(x, 1).flatten(1))
        hidden = F.relu(self.linear(torch.cat(pooled, 1), "classifier.fc1"))
        return self.linear(hidden, "classifier.fc2")

    def map_tokens(self, x: Tensor, net: str, stages: int) -> Tensor:
        """(B, C, S, S) -> (B, 9, d); the last of the stages has no pooling."""
        name = f"prompt_learner.{net}."
        for k in range(stages):
            x = self.batch_norm(F.relu(self.conv(x, f"{name}{4 * k}", 1)), f"{name}{4 * k + 2}")
            x = F.max_pool2d(x, 2) if k < stages - 1 else x
        x = self.conv(x, f"{name}{4 * stages - 1}", 0)
        return x.reshape(*x.shape[:2], 9).transpose(1, 2)

    def prompts(self, maps: Sequence[Tensor], located: Tensor, scores: Tensor, stages: int) -> Tensor:
        """E_forgery (B, 9, d)."""
        base = self.get("prompt_learner.base_prompts").expand(len(scores), -1, -1)
        tokens = [
            base,
            self.map_tokens(torch.cat(list(maps), 1), "meta_net1", stages),
            self.map_tokens(located[:, 1:], "meta_net2", stages),
            self.linear(scores, "prompt_learner.fc")[:, None],
        ]
        weight, bias = self.get("prompt_learner.finalconv.weight"), self.get("prompt_learner.finalconv.bias")
        return F.conv1d(torch.cat(tokens, 1), weight, bias, padding=1)


def block_outputs(visual: Any) -> list[Tensor]:
    """A list that the blocks of an open_clip tower add their outputs (B, L, W) to, from now on."""
    seen: list[Tensor] = []
    for block in visual.transformer.resblocks:
        block.register_forward_hook(lambda _module, _inputs, output: seen.append(output))
    return seen
