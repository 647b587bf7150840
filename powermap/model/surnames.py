"""Chinese family names: those that are read in another way than the character alone, and those of two characters."""

from __future__ import annotations

_SINGLE = """
单 shan
曾 zeng
解 xie
仇 qiu
区 ou
查 zha cha
翟 zhai
盖 ge gai
朴 piao pu park
任 ren
华 hua
员 yun
种 chong
秘 bi
冼 xian
洗 xian
逄 pang
缪 miao
乐 yue le
宁 ning
折 she
黑 he
能 nai
祭 zhai
繁 po
纪 ji
那 na
覃 qin tan
谌 chen shen
牟 mu mou
沈 shen
尉 wei
车 che
叶 ye
柏 bai bo
薄 bo
隗 wei kui
臧 zang
召 shao
郇 xun huan
应 ying
宓 fu mi
褚 chu
阙 que
訾 zi
相 xiang
曲 qu
郤 xi
重 chong
占 zhan
干 gan
句 gou
瞿 qu
燕 yan
会 gui
尹 yin
吕 lu
晁 chao
万 wan
长 chang
石 shi
贾 jia
哈 ha
过 guo
令 ling
俞 yu
冯 feng
殷 yin
都 du
莘 shen xin
卜 bu
盛 sheng
便 bian
藏 zang
朝 chao
單 shan
葉 ye
華 hua
區 ou
"""
_COMPOUND = """
欧阳 ouyang
歐陽 ouyang
司马 sima
司馬 sima
上官 shangguan
诸葛 zhuge
諸葛 zhuge
东方 dongfang
皇甫 huangfu
尉迟 yuchi
尉遲 yuchi
公孙 gongsun
公孫 gongsun
慕容 murong
司徒 situ
司空 sikong
夏侯 xiahou
宇文 yuwen
端木 duanmu
轩辕 xuanyuan
呼延 huyan
南宫 nangong
独孤 dugu
西门 ximen
澹台 tantai
公冶 gongye
宗政 zongzheng
濮阳 puyang
淳于 chunyu
太叔 taishu
申屠 shentu
令狐 linghu
长孙 zhangsun
单于 chanyu
万俟 moqi
钟离 zhongli
鲜于 xianyu
闾丘 luqiu
百里 baili
东郭 dongguo
赫连 helian
拓跋 tuoba
完颜 wanyan
闻人 wenren
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sounds) for name, *sounds in map(str.split, text.strip().splitlines())}


READINGS = _table(_SINGLE)
"""Readings of characters as family names, without tones; ü is written u."""
COMPOUND = {name: sounds[0] for name, sounds in _table(_COMPOUND).items()}
"""Family names of two characters, with their reading."""
