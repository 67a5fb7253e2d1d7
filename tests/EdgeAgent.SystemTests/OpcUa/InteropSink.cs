using EdgeAgent.OpcUa;
using EdgeAgent.OpcUa.Binary;
using EdgeAgent.OpcUa.Services;
using EdgeAgent.OpcUa.Subscription;

namespace EdgeAgent.SystemTests.OpcUa;

/// <summary>Keeps everything that a subscription hands over.</summary>
internal sealed class InteropSink : IValueSink
{
    private readonly Lock _lock = new();
    private readonly List<(uint Handle, DataValue Value, ValueOrigin Origin)> _rows = [];
    private readonly List<(uint Handle, StatusCode Status)> _bad = [];
    private readonly List<LostSpan> _lost = [];

    public bool HasRoom => true;

    public IReadOnlyList<(uint Handle, DataValue Value, ValueOrigin Origin)> Rows
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows];
            }
        }
    }

    public IReadOnlyList<(uint Handle, StatusCode Status)> Refused
    {
        get
        {
            lock (_lock)
            {
                return [.. _bad];
            }
        }
    }

    public IReadOnlyList<LostSpan> Losses
    {
        get
        {
            lock (_lock)
            {
                return [.. _lost];
            }
        }
    }

    public int CountOf(uint handle)
    {
        lock (_lock)
        {
            return _rows.Count(row => row.Handle == handle);
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _rows.Count;
            }
        }
    }

    public void Take(ValueColumns values, ValueOrigin origin)
    {
        lock (_lock)
        {
            for (var row = 0; row < values.Count; row++)
            {
                _rows.Add((values.Handles[row], values.ReadDataValue(row, DecodingLimits.Default), origin));
            }
        }
    }

    public void Bad(uint handle, StatusCode status)
    {
        lock (_lock)
        {
            _bad.Add((handle, status));
        }
    }

    public void Lost(LostSpan span)
    {
        lock (_lock)
        {
            _lost.Add(span);
        }
    }
}
